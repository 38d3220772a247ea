import type en from './en.ts';
import type { Translation } from '../texts.ts';

export default {
  new: 'תפקיד חדש',
  made: '{name} הוא תפקיד מעכשיו.',
  changed: 'התפקיד {name} השתנה. זה יחול בתוך דקה.',
  removed: 'התפקיד {name} הוסר.',
  remove: 'הסרת התפקיד',
  starting: 'מגיע עם Rapport',
  own: 'שלכם',
  holders: { one: 'יש לאדם אחד', two: 'יש לשני אנשים', other: 'יש ל־{n} אנשים' },
  nobody: 'אין לאיש',
  grants: 'מה הוא מתיר',
  grantsHint: 'ההרשאות מצטברות: הטווח הרחב ביותר שמי מהן נותנת, בתפקיד הזה או באחר שיש לאדם.',
  hidden: 'מה הוא מסתיר',
  hiddenHint: 'מי שיש לו רק תפקידים כאלה אינו רואה ואינו קובע את השדות האלה, וגם לא מה שמגלה אותם.',
  hiddenNone: 'אינו מסתיר דבר',
  hides: 'מסתיר {fields}',
  name: 'שם',
  nameMissing: 'תנו לתפקיד שם.',
  stays: 'תפקיד המנהל נשאר כפי שהוא: אילו השתנה, אולי לא היה נשאר מי שיכול להשיבו. צרו תפקיד נפרד למנהלים עם פחות הרשאות.',
  people: 'למי יש אותו',
  seePeople: 'כולם ברשימה',
  seeAs: 'לראות בעיני {name}',
  historyTitle: 'מה קרה',
  incomplete: 'בכל הרשאה צריך מה, והיכן.',
} satisfies Translation<typeof en>;
