import type en from './en.ts';
import type { Translation } from '../texts.ts';

export default {
  title: 'Oʻchirish guvohnomasi',
  erasedAt: '{when} da oʻchirilgan',
  complete: 'toʻliq',
  growing: 'hali toʻliq emas',
  growingHint: 'Har bir xizmat ikki marta tekshiradi, ikkinchisi saqlangan kalit qolmaganda, bir daqiqalardan keyin.',
  method:
    'Odamning kaliti yoʻq qilingan va qayta yasalmaydi; u bilan yozilganni hech kim oʻqiy olmaydi. Uni nomlagan hamma narsa usiz qayta qurilgan.',
  remains: 'Noyob qiymatlarning izlari qoladi, ulardan qiymatlarning oʻzini olib boʻlmaydi.',
  backups: '{day} gacha kalitlarning zaxira nusxasida boʻlishi mumkin; tiklangan nusxa uni darhol yana yoʻq qiladi.',
  service: 'Xizmat',
  pass: 'Tekshiruv',
  first: 'birinchi',
  second: 'ikkinchi',
  rows: 'Qayta qurilgan',
  when: 'Qachon',
  checksum: 'SHA-256: {hash}',
  download: 'Guvohnomani saqlash',
} satisfies Translation<typeof en>;
