import type en from './en.ts';
import type { Translation } from '../texts.ts';

export default {
  page: 'Qoʻshilish',
  title: 'Xush kelibsiz, {name}',
  lead: 'Bu havola sizni ichkariga kiritadi. Parol tanlang; keyin u va e-pochtangiz bilan kirasiz.',
  email: 'Kirish manzilingiz',
  former: 'Hozir bu yerda kirgan kishi chiqariladi.',
  begin: 'Kirish',
  spent: 'Bu havola endi yaroqsiz',
  spentHint: 'U bir marta, uch kun va faqat boshqasi qilinguncha ishlaydi. Yuborgan kishidan yangisini soʻrang.',
} satisfies Translation<typeof en>;
