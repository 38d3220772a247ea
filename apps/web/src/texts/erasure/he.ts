import type en from './en.ts';
import type { Translation } from '../texts.ts';

export default {
  title: 'אישור מחיקה',
  erasedAt: 'נמחק ב־{when}',
  complete: 'שלם',
  growing: 'עוד לא שלם',
  growingHint: 'כל שירות בודק פעמיים, בפעם השנייה כשאין עוד מפתח שמור, אחרי דקה בערך.',
  method: 'המפתח של האדם הושמד ואסור ליצור אותו שוב; מה שנכתב תחתיו אינו קריא לאיש. כל מה שנקב בשמו נבנה מחדש בלעדיו.',
  remains: 'טביעות אצבע של ערכים ייחודיים נשארות; אי אפשר להפיק מהן את הערכים.',
  backups: 'עד {day} גיבוי של המפתחות עשוי עוד להכיל אותו; גיבוי שמשוחזר משמיד אותו שוב מיד.',
  service: 'שירות',
  pass: 'בדיקה',
  first: 'ראשונה',
  second: 'שנייה',
  rows: 'נבנו מחדש',
  when: 'מתי',
  checksum: 'SHA-256 שלו: {hash}',
  download: 'שמירת האישור',
} satisfies Translation<typeof en>;
