import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsISO31661Alpha2,
  IsISO4217CurrencyCode,
  IsLocale,
  IsOptional,
  IsString,
  Length,
} from 'class-validator';
import { IsZone } from '#model';

/** An installation's customer: a firm with its settings. `zone`: where its business days begin; `currency` and `country`: what amounts and phone numbers without one are taken as. */
export class CreateTenant {
  @IsString() @Length(1, 200) name!: string;
  @IsOptional() @IsZone() zone?: string;
  @IsOptional() @IsISO4217CurrencyCode() currency?: string;
  @IsOptional() @IsISO31661Alpha2() country?: string;
  @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(50) @ArrayUnique() @IsLocale({ each: true }) languages?: string[];
}

/** Absent keeps, lists are replaced whole. */
export class ChangeTenant {
  @IsOptional() @IsString() @Length(1, 200) name?: string;
  @IsOptional() @IsZone() zone?: string;
  @IsOptional() @IsISO4217CurrencyCode() currency?: string;
  @IsOptional() @IsISO31661Alpha2() country?: string;
  @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(50) @ArrayUnique() @IsLocale({ each: true }) languages?: string[];
}

export class RemoveTenant {}
