/** The words of the issuer's own pages. The web pages have theirs in apps/web/src/texts. */
export type SignInTexts = {
  signIn: string;
  email: string;
  password: string;
  wrong: string;
  /** `{seconds}` stands for their number. */
  wait: string;
  expired: string;
  signOut: string;
  leave: string;
  stay: string;
};

const TEXTS = {
  en: {
    signIn: 'Sign in',
    email: 'E-mail',
    password: 'Password',
    wrong: 'That address and password do not belong together.',
    wait: 'Too many tries. Wait {seconds} s, then try again.',
    expired: 'This sign-in was left open too long. Go back to Rapport and start again.',
    signOut: 'Sign out',
    leave: 'Sign out of Rapport on this device?',
    stay: 'Stay signed in',
  },
  he: {
    signIn: 'כניסה',
    email: 'דוא״ל',
    password: 'סיסמה',
    wrong: 'הכתובת והסיסמה אינן תואמות.',
    wait: 'יותר מדי ניסיונות. אפשר לנסות שוב בעוד {seconds} שניות.',
    expired: 'דף הכניסה נשאר פתוח זמן רב מדי. חזרו ל־Rapport והתחילו מחדש.',
    signOut: 'יציאה',
    leave: 'לצאת מ־Rapport במכשיר הזה?',
    stay: 'להישאר מחוברים',
  },
  bg: {
    signIn: 'Вход',
    email: 'Имейл',
    password: 'Парола',
    wrong: 'Този адрес и тази парола не си съответстват.',
    wait: 'Твърде много опити. Изчакайте {seconds} сек. и опитайте отново.',
    expired: 'Страницата за вход остана отворена твърде дълго. Върнете се в Rapport и започнете отначало.',
    signOut: 'Изход',
    leave: 'Изход от Rapport на това устройство?',
    stay: 'Оставам',
  },
  ru: {
    signIn: 'Вход',
    email: 'Эл. почта',
    password: 'Пароль',
    wrong: 'Этот адрес и этот пароль не подходят друг к другу.',
    wait: 'Слишком много попыток. Подождите {seconds} с и попробуйте снова.',
    expired: 'Страница входа была открыта слишком долго. Вернитесь в Rapport и начните заново.',
    signOut: 'Выйти',
    leave: 'Выйти из Rapport на этом устройстве?',
    stay: 'Остаться',
  },
  uz: {
    signIn: 'Kirish',
    email: 'E-pochta',
    password: 'Parol',
    wrong: 'Bu manzil va parol bir-biriga mos emas.',
    wait: 'Urinishlar juda koʻp. {seconds} soniya kuting, soʻng qayta urining.',
    expired: 'Kirish sahifasi juda uzoq ochiq qoldi. Rapportga qayting va boshidan boshlang.',
    signOut: 'Chiqish',
    leave: 'Shu qurilmada Rapportdan chiqasizmi?',
    stay: 'Qolish',
  },
} satisfies Record<string, SignInTexts>;

export type Language = keyof typeof TEXTS;

export const textsOf = (language: Language): SignInTexts => TEXTS[language];

/** The first language we speak of a list such as `he, en-GB;q=0.8`, by its order; English otherwise. */
export function languageOf(preferred: string): Language {
  const asked = preferred.split(/[\s,]+/).map((one) => one.slice(0, 2).toLowerCase());
  return (asked.find((one) => one in TEXTS) as Language | undefined) ?? 'en';
}
