import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsLocale,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
} from 'class-validator';
import { IsZone, type Id } from '#model';

/** Somebody who works here. Without an e-mail address nobody can sign in, but may own records (imports make such users). */
export class CreateUser {
  @IsString() @Length(1, 200) name!: string;
  @IsOptional() @IsEmail() @Length(3, 254) email?: string;
  @IsOptional() @IsUUID() teamId?: Id;
  @IsOptional() @IsUUID() managerId?: Id;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @ArrayUnique() @IsUUID(undefined, { each: true }) roleIds?: Id[];
  @IsOptional() @IsLocale() language?: string;
  @IsOptional() @IsZone() zone?: string;
  @IsOptional() @IsString() @Length(1, 100) externalId?: string;
  @IsOptional() @IsBoolean() active?: boolean;
}

/** Absent keeps, null clears. */
export class ChangeUser {
  @IsOptional() @IsString() @Length(1, 200) name?: string;
  @IsOptional() @IsEmail() @Length(3, 254) email?: string | null;
  @IsOptional() @IsUUID() teamId?: Id | null;
  @IsOptional() @IsUUID() managerId?: Id | null;
  @IsOptional() @IsLocale() language?: string | null;
  @IsOptional() @IsZone() zone?: string | null;
  @IsOptional() @IsString() @Length(1, 100) externalId?: string | null;
}

/** What people may change of themselves. */
export class ChangeProfile {
  @IsOptional() @IsString() @Length(1, 200) name?: string;
  @IsOptional() @IsLocale() language?: string | null;
  @IsOptional() @IsZone() zone?: string | null;
}

export class AssignRoles {
  @IsArray() @ArrayMaxSize(20) @ArrayUnique() @IsUUID(undefined, { each: true }) roleIds!: Id[];
}
/** As `issuer/passwords.ts` hashes it: the password itself is part of no command. */
export class SetPassword {
  @IsString() @Length(20, 500) hash!: string;
}
/** `hash`: hex SHA-256 of the link's token; the token itself is part of no command. */
export class InviteUser {
  @Matches(/^[0-9a-f]{64}$/) hash!: string;
}
/** Nothing need be said to make a link, or to take it back. */
export class NewInvitation {}
export class WithdrawInvitation {}
/** A password chosen by a link: which, and the hash as above. */
export class JoinByInvitation extends SetPassword {
  @IsUUID() invitationId!: Id;
}
export class DeactivateUser {}
export class ReactivateUser {}
export class RemoveUser {}
