import type en from './en.ts';
import type { Translation } from '../texts.ts';

export default {
  new: 'Yangi kalit',
  made: '{name} kaliti yaratildi.',
  noneYet: 'Hali kalit yoʻq',
  noneYetHint:
    'Kalit dasturga sizning nomingizdan, kalitda aytilgan doirada va sizga mumkinidan nariga oʻtmay ishlash imkonini beradi. Sahifalar qiladigan hamma narsani u ham qila oladi.',
  name: 'Nomi',
  nameHint: 'Nima uchunligi, keyin tanib olish uchun.',
  nameMissing: 'Kalitga nom bering.',
  scopes: 'Unga nima mumkin',
  incomplete: 'Har bir ruxsatda nima va qayerda boʻlishi kerak.',
  expires: 'Muddati',
  expiresHint: 'Oʻsha kun oxiri. Boʻsh: bekor qilinguncha.',
  never: 'bekor qilinguncha',
  owner: 'Kim nomidan',
  since: 'Yaratilgan',
  state: 'Holati',
  good: 'yaroqli',
  revoked: 'bekor qilingan',
  expired: 'muddati oʻtgan',
  revoke: 'Bekor qilish',
  revokeTitle: '{name} kaliti bekor qilinsinmi?',
  revokeHint: 'Undan foydalanadigan dasturlar bir daqiqada rad etiladi. Qaytarib boʻlmaydi; yangi kalit yaratsa boʻladi.',
  revokeDo: 'Butunlay bekor qilish',
  revokedSaid: '{name} kaliti bekor qilindi.',
  keyTitle: '{name} kaliti',
  keyHint: 'U faqat hozir koʻrinadi: Rapport kalitning oʻzini emas, izini saqlaydi. Parollar turadigan joyda saqlang.',
  tryIt: 'Sinab koʻring',
  docs: 'Interfeys tavsifi',
} satisfies Translation<typeof en>;
