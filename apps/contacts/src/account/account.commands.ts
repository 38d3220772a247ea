import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, IsUUID, Length, Max, Min, ValidateNested } from 'class-validator';
import { IsCustom, IsMoney, type Custom, type Id, type Money } from '#model';
import { AddressForm, EmailForm, PhoneForm } from '../channels.commands.ts';

/** A company. `country` and `sector` as typed: they are standardised, and what was typed is kept. */
export class CreateAccount {
  @IsString() @Length(1, 200) name!: string;
  @IsOptional() @IsString() @Length(1, 300) website?: string;
  @IsOptional() @IsString() @Length(1, 100) sector?: string;
  @IsOptional() @IsString() @Length(2, 80) country?: string;
  @IsOptional() @IsMoney() revenue?: Money;
  @IsOptional() @IsInt() @Min(0) @Max(100_000_000) employees?: number;
  @IsOptional() @IsInt() @Min(1000) @Max(9999) foundedIn?: number;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @ValidateNested({ each: true }) @Type(() => EmailForm) emails?: EmailForm[];
  @IsOptional() @IsArray() @ArrayMaxSize(20) @ValidateNested({ each: true }) @Type(() => PhoneForm) phones?: PhoneForm[];
  @IsOptional() @IsArray() @ArrayMaxSize(20) @ValidateNested({ each: true }) @Type(() => AddressForm) addresses?: AddressForm[];
  @IsOptional() @IsUUID() parentId?: Id;
  @IsOptional() @IsUUID() ownerId?: Id | null;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @IsString({ each: true }) @Length(1, 60, { each: true }) tags?: string[];
  @IsOptional() @IsString() @Length(1, 100) source?: string;
  @IsOptional() @IsString() @Length(1, 100) externalId?: string;
  @IsOptional() @IsCustom() custom?: Custom;
}

/** Absent keeps, null clears, lists are replaced whole. */
export class ChangeAccount {
  @IsOptional() @IsString() @Length(1, 200) name?: string;
  @IsOptional() @IsString() @Length(1, 300) website?: string | null;
  @IsOptional() @IsString() @Length(1, 100) sector?: string | null;
  @IsOptional() @IsString() @Length(2, 80) country?: string | null;
  @IsOptional() @IsMoney() revenue?: Money | null;
  @IsOptional() @IsInt() @Min(0) @Max(100_000_000) employees?: number | null;
  @IsOptional() @IsInt() @Min(1000) @Max(9999) foundedIn?: number | null;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @ValidateNested({ each: true }) @Type(() => EmailForm) emails?: EmailForm[] | null;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @ValidateNested({ each: true }) @Type(() => PhoneForm) phones?: PhoneForm[] | null;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @ValidateNested({ each: true }) @Type(() => AddressForm) addresses?: AddressForm[] | null;
  @IsOptional() @IsUUID() parentId?: Id | null;
  @IsOptional() @IsUUID() ownerId?: Id | null;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @IsString({ each: true }) @Length(1, 60, { each: true }) tags?: string[] | null;
  @IsOptional() @IsString() @Length(1, 100) source?: string | null;
  @IsOptional() @IsString() @Length(1, 100) externalId?: string | null;
  @IsOptional() @IsCustom() custom?: Custom | null;
}
