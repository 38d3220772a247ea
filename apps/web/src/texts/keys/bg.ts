import type en from './en.ts';
import type { Translation } from '../texts.ts';

export default {
  new: 'Нов ключ',
  made: 'Ключът {name} е направен.',
  noneYet: 'Още няма ключове',
  noneYetHint:
    'Ключът позволява на програма да действа от ваше име, в рамките на казаното в него и никога по-далеч от вас. Каквото правят страниците, може и той.',
  name: 'Име',
  nameHint: 'За какво е, за да го познаете.',
  nameMissing: 'Дайте име на ключа.',
  scopes: 'Какво може',
  incomplete: 'Всяко право иска какво и къде.',
  expires: 'Важи до',
  expiresHint: 'Краят на деня. Празно: докато не се отнеме.',
  never: 'до отнемане',
  owner: 'Действа за',
  since: 'Направен',
  state: 'Състояние',
  good: 'важи',
  revoked: 'отнет',
  expired: 'изтекъл',
  revoke: 'Отнемане',
  revokeTitle: 'Да се отнеме ключът {name}?',
  revokeHint: 'Програмите с него получават отказ до минута. Не може да се върне; може нов ключ.',
  revokeDo: 'Отнемане завинаги',
  revokedSaid: 'Ключът {name} е отнет.',
  keyTitle: 'Ключът {name}',
  keyHint: 'Показва се само сега: Rapport пази негов отпечатък, не ключа. Пазете го там, където пазите пароли.',
  tryIt: 'Опитайте го',
  docs: 'Описание на интерфейса',
} satisfies Translation<typeof en>;
