import type en from './en.ts';
import type { Translation } from '../texts.ts';

export default {
  page: 'Присъединяване',
  title: 'Добре дошли, {name}',
  lead: 'Тази връзка ви пуска вътре. Изберете парола; оттук нататък влизате с нея и с имейла си.',
  email: 'Влизате като',
  former: 'Който е влязъл тук сега, ще бъде отписан.',
  begin: 'Влизане',
  spent: 'Тази връзка вече не важи',
  spentHint: 'Работи веднъж, три дни, и само докато не се направи друга. Поискайте нова от този, който ви я изпрати.',
} satisfies Translation<typeof en>;
