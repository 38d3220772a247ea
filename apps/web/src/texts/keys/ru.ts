import type en from './en.ts';
import type { Translation } from '../texts.ts';

export default {
  new: 'Новый ключ',
  made: 'Ключ {name} создан.',
  noneYet: 'Ключей пока нет',
  noneYetHint:
    'Ключ позволяет программе действовать от вашего имени, в пределах сказанного в нём и не дальше, чем можно вам. Всё, что делают страницы, может и он.',
  name: 'Название',
  nameHint: 'Для чего он, чтобы потом узнать.',
  nameMissing: 'Дайте ключу название.',
  scopes: 'Что он может',
  incomplete: 'В каждом праве нужно что и где.',
  expires: 'Действует до',
  expiresHint: 'Конец этого дня. Пусто: пока не отозван.',
  never: 'пока не отозван',
  owner: 'Действует за',
  since: 'Создан',
  state: 'Состояние',
  good: 'действует',
  revoked: 'отозван',
  expired: 'истёк',
  revoke: 'Отозвать',
  revokeTitle: 'Отозвать ключ {name}?',
  revokeHint: 'Программам с ним откажут в течение минуты. Вернуть нельзя; можно создать новый.',
  revokeDo: 'Отозвать навсегда',
  revokedSaid: 'Ключ {name} отозван.',
  keyTitle: 'Ключ {name}',
  keyHint: 'Он виден только сейчас: Rapport хранит его отпечаток, а не ключ. Храните его там же, где пароли.',
  tryIt: 'Проверьте его',
  docs: 'Описание интерфейса',
} satisfies Translation<typeof en>;
