import type en from './en.ts';
import type { Translation } from '../texts.ts';

export default {
  new: 'Нова роля',
  made: '{name} вече е роля.',
  changed: 'Ролята {name} е променена. Важи до минута.',
  removed: 'Ролята {name} е премахната.',
  remove: 'Премахване на ролята',
  starting: 'идва с Rapport',
  own: 'ваша',
  holders: { one: 'има я {n} човек', other: 'имат я {n} души' },
  nobody: 'никой я няма',
  grants: 'Какво позволява',
  grantsHint: 'Правата се събират: важи най-далечният обхват от тази или друга роля на човека.',
  hidden: 'Какво скрива',
  hiddenHint: 'Никой само с такива роли не вижда и не задава тези полета, нито това, което би ги издало.',
  hiddenNone: 'не скрива нищо',
  hides: 'скрива {fields}',
  name: 'Име',
  nameMissing: 'Дайте име на ролята.',
  stays:
    'Ролята на администратора остава такава: ако се промени, може да няма кой да я върне. Направете отделна роля за по-малки администратори.',
  people: 'Кой я има',
  seePeople: 'Всички в списъка',
  seeAs: 'Виж като {name}',
  historyTitle: 'Какво се случи',
  incomplete: 'Всяко право иска какво и къде.',
} satisfies Translation<typeof en>;
