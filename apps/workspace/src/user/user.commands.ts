import { ArrayMaxSize, IsArray, IsBoolean, IsEmail, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { IsZone, type Id } from '#model';

/** Somebody who works here. Without an e-mail address they own records, but do not sign in. */
export class CreateUser {
  @IsString() @Length(1, 200) name!: string;
  @IsOptional() @IsEmail() @Length(3, 254) email?: string;
  @IsOptional() @IsUUID() teamId?: Id;
  @IsOptional() @IsUUID() managerId?: Id;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @IsUUID(undefined, { each: true }) roleIds?: Id[];
  @IsOptional() @IsString() @Length(2, 35) language?: string;
  @IsOptional() @IsZone() zone?: string;
  @IsOptional() @IsString() @Length(1, 100) externalId?: string;
}
/** Absent keeps, null clears. Who is not `active` cannot sign in and keeps what they own. */
export class ChangeUser {
  @IsOptional() @IsString() @Length(1, 200) name?: string;
  @IsOptional() @IsEmail() @Length(3, 254) email?: string | null;
  @IsOptional() @IsUUID() teamId?: Id | null;
  @IsOptional() @IsUUID() managerId?: Id | null;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @IsUUID(undefined, { each: true }) roleIds?: Id[];
  @IsOptional() @IsString() @Length(2, 35) language?: string | null;
  @IsOptional() @IsZone() zone?: string | null;
  @IsOptional() @IsString() @Length(1, 100) externalId?: string | null;
  @IsOptional() @IsBoolean() active?: boolean;
}
/** The hash comes from the issuer; no request carries one. */
export class SetPassword {
  @IsString() @Length(20, 500) hash!: string;
}
