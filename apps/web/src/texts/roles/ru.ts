import type en from './en.ts';
import type { Translation } from '../texts.ts';

export default {
  new: 'Новая роль',
  made: '{name}: роль создана.',
  changed: 'Роль {name} изменена. Действует в течение минуты.',
  removed: 'Роль {name} убрана.',
  remove: 'Убрать роль',
  starting: 'встроенная',
  own: 'своя',
  holders: { one: 'у {n} человека', few: 'у {n} человек', many: 'у {n} человек', other: 'у {n} человек' },
  nobody: 'ни у кого',
  grants: 'Что разрешает',
  grantsHint: 'Права складываются: действует самый широкий охват из этой или другой роли человека.',
  hidden: 'Что скрывает',
  hiddenHint: 'Никто только с такими ролями не видит и не задаёт эти поля, как и то, что их выдало бы.',
  hiddenNone: 'ничего не скрывает',
  hides: 'скрывает {fields}',
  name: 'Название',
  nameMissing: 'Дайте роли название.',
  stays: 'Роль администратора остаётся как есть: измени её, и некому будет вернуть. Для младших администраторов создайте отдельную роль.',
  people: 'У кого она',
  seePeople: 'Все в списке',
  seeAs: 'Смотреть как {name}',
  historyTitle: 'Что произошло',
  incomplete: 'В каждом праве нужно что и где.',
} satisfies Translation<typeof en>;
