import { userNames } from '#service';

/** Who may own a contact or an account, as files name them. */
export const userName = userNames('contacts');
