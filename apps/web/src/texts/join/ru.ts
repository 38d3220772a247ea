import type en from './en.ts';
import type { Translation } from '../texts.ts';

export default {
  page: 'Присоединиться',
  title: 'Добро пожаловать, {name}',
  lead: 'Эта ссылка впускает вас. Выберите пароль: с ним и с почтой вы будете входить.',
  email: 'Вы входите как',
  former: 'Тот, кто сейчас вошёл здесь, выйдет.',
  begin: 'Войти',
  spent: 'Эта ссылка больше не действует',
  spentHint: 'Она работает один раз, три дня, и лишь пока не создана другая. Попросите новую у того, кто её прислал.',
} satisfies Translation<typeof en>;
