export { ContactsModule } from './contacts.module.ts';
