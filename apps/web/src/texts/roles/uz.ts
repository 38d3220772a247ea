import type en from './en.ts';
import type { Translation } from '../texts.ts';

export default {
  new: 'Yangi rol',
  made: '{name} endi rol.',
  changed: '{name} roli oʻzgardi. Bir daqiqada kuchga kiradi.',
  removed: '{name} roli olib tashlandi.',
  remove: 'Rolni olib tashlash',
  starting: 'Rapport bilan keladi',
  own: 'oʻzingizniki',
  holders: { one: '{n} kishida bor', other: '{n} kishida bor' },
  nobody: 'hech kimda yoʻq',
  grants: 'Nimaga ruxsat beradi',
  grantsHint: 'Ruxsatlar qoʻshiladi: shu yoki boshqa roldagi eng keng qamrov amal qiladi.',
  hidden: 'Nimani yashiradi',
  hiddenHint: 'Faqat shunday rolli odam bu maydonlarni va ularni bildiradigan narsani koʻrmaydi va kiritmaydi.',
  hiddenNone: 'hech narsa yashirmaydi',
  hides: 'yashiradi: {fields}',
  name: 'Nomi',
  nameMissing: 'Rolga nom bering.',
  stays:
    'Administrator roli shundayligicha qoladi: oʻzgarsa, qaytaradigan odam qolmasligi mumkin. Kichikroq administratorlar uchun alohida rol yarating.',
  people: 'Kimda bor',
  seePeople: 'Hammasi roʻyxatda',
  seeAs: '{name} koʻzi bilan koʻrish',
  historyTitle: 'Nima boʻlgan',
  incomplete: 'Har bir ruxsatda nima va qayerda boʻlishi kerak.',
} satisfies Translation<typeof en>;
