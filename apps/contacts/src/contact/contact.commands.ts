import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, IsUUID, Length, ValidateNested } from 'class-validator';
import { IsCustom, IsZone, type Custom, type Id } from '#model';
import { LIFECYCLE_STAGES } from '#events/contacts/contact';
import { AddressForm, EmailForm, PhoneForm } from '../channels.commands.ts';

type Stage = (typeof LIFECYCLE_STAGES)[number];

/** A person. A name is asked for whole, in parts, or both. */
export class CreateContact {
  @IsOptional() @IsString() @Length(1, 200) name?: string;
  @IsOptional() @IsString() @Length(1, 100) givenName?: string;
  @IsOptional() @IsString() @Length(1, 100) familyName?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @ValidateNested({ each: true }) @Type(() => EmailForm) emails?: EmailForm[];
  @IsOptional() @IsArray() @ArrayMaxSize(20) @ValidateNested({ each: true }) @Type(() => PhoneForm) phones?: PhoneForm[];
  @IsOptional() @IsArray() @ArrayMaxSize(20) @ValidateNested({ each: true }) @Type(() => AddressForm) addresses?: AddressForm[];
  @IsOptional() @IsString() @Length(1, 150) jobTitle?: string;
  @IsOptional() @IsString() @Length(2, 35) language?: string;
  @IsOptional() @IsZone() zone?: string;
  @IsOptional() @IsUUID() accountId?: Id;
  @IsOptional() @IsUUID() ownerId?: Id;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @IsString({ each: true }) @Length(1, 60, { each: true }) tags?: string[];
  @IsOptional() @IsString() @Length(1, 100) source?: string;
  @IsOptional() @IsIn(LIFECYCLE_STAGES) lifecycleStage?: Stage;
  @IsOptional() @IsString() @Length(1, 100) externalId?: string;
  @IsOptional() @IsCustom() custom?: Custom;
}

/** Absent keeps, null clears, lists are replaced whole. */
export class ChangeContact {
  @IsOptional() @IsString() @Length(1, 200) name?: string;
  @IsOptional() @IsString() @Length(1, 100) givenName?: string | null;
  @IsOptional() @IsString() @Length(1, 100) familyName?: string | null;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @ValidateNested({ each: true }) @Type(() => EmailForm) emails?: EmailForm[] | null;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @ValidateNested({ each: true }) @Type(() => PhoneForm) phones?: PhoneForm[] | null;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @ValidateNested({ each: true }) @Type(() => AddressForm) addresses?: AddressForm[] | null;
  @IsOptional() @IsString() @Length(1, 150) jobTitle?: string | null;
  @IsOptional() @IsString() @Length(2, 35) language?: string | null;
  @IsOptional() @IsZone() zone?: string | null;
  @IsOptional() @IsUUID() accountId?: Id | null;
  @IsOptional() @IsUUID() ownerId?: Id;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @IsString({ each: true }) @Length(1, 60, { each: true }) tags?: string[] | null;
  @IsOptional() @IsString() @Length(1, 100) source?: string | null;
  @IsOptional() @IsIn(LIFECYCLE_STAGES) lifecycleStage?: Stage;
  @IsOptional() @IsString() @Length(1, 100) externalId?: string | null;
  @IsOptional() @IsCustom() custom?: Custom | null;
}
