import { ArrayMaxSize, IsArray, IsISO31661Alpha2, IsISO4217CurrencyCode, IsOptional, IsString, Length } from 'class-validator';
import { IsZone } from '#model';

/** An installation's customer: a firm with its settings. `zone`: where its business days begin. */
export class CreateTenant {
  @IsString() @Length(1, 200) name!: string;
  @IsOptional() @IsZone() zone?: string;
  @IsOptional() @IsISO4217CurrencyCode() currency?: string;
  @IsOptional() @IsISO31661Alpha2() country?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @IsString({ each: true }) @Length(2, 35, { each: true }) languages?: string[];
}
export class ChangeTenant {
  @IsOptional() @IsString() @Length(1, 200) name?: string;
  @IsOptional() @IsZone() zone?: string;
  @IsOptional() @IsISO4217CurrencyCode() currency?: string;
  @IsOptional() @IsISO31661Alpha2() country?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @IsString({ each: true }) @Length(2, 35, { each: true }) languages?: string[];
}
