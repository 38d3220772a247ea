import { run } from '#service';
import { ContactsModule } from './contacts.module.ts';

await run(ContactsModule);
