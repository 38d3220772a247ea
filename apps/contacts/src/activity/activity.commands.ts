import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import { IsInstant, type Id, type Instant } from '#model';
import { ACTIVITY_KINDS } from '#events/contacts/activity';

const RECORD = /^[a-z]+\.[a-z-]+\/[0-9a-f-]{36}$/;
const RECORD_HINT = { each: true, message: '$property must name records such as contacts.contact/<id>' };

/** A note, call, meeting, message or task about records of any kind (`contacts.contact/<id>`, `sales.opportunity/<id>`). */
export class RecordActivity {
  @IsIn(ACTIVITY_KINDS) kind!: (typeof ACTIVITY_KINDS)[number];
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(20) @Matches(RECORD, RECORD_HINT) about!: string[];
  /** Whose personal data the text is; the first contact it is about unless another is named. */
  @IsOptional() @IsUUID() contactId?: Id;
  @IsString() @Length(1, 300) subject!: string;
  @IsOptional() @IsString() @Length(1, 10_000) body?: string;
  @IsOptional() @IsInstant() dueAt?: Instant;
  @IsOptional() @IsUUID() ownerId?: Id;
}
export class ChangeActivity {
  @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(20) @Matches(RECORD, RECORD_HINT) about?: string[];
  @IsOptional() @IsString() @Length(1, 300) subject?: string;
  @IsOptional() @IsString() @Length(1, 10_000) body?: string | null;
  @IsOptional() @IsInstant() dueAt?: Instant | null;
  @IsOptional() @IsUUID() ownerId?: Id;
}
export class CompleteActivity {}
export class ReopenActivity {}
