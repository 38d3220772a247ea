import type en from './en.ts';
import type { Translation } from '../texts.ts';

export default {
  page: 'הצטרפות',
  title: 'שלום, {name}',
  lead: 'הקישור הזה מכניס אותך. יש לבחור סיסמה; מעתה הכניסה היא איתה ועם הדוא״ל.',
  email: 'הכניסה היא בשם',
  former: 'מי שמחובר כאן כעת ינותק.',
  begin: 'כניסה',
  spent: 'הקישור הזה כבר לא תקף',
  spentHint: 'הוא עובד פעם אחת, שלושה ימים, ורק עד שנוצר אחר. אפשר לבקש קישור חדש ממי ששלח אותו.',
} satisfies Translation<typeof en>;
