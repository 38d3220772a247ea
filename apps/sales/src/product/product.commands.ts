import { ArrayMaxSize, IsArray, IsBoolean, IsOptional, IsString, Length } from 'class-validator';
import { IsCustom, IsMoney, type Custom, type Money } from '#model';

/** Something that is sold. `code` is unique among products; `prices` has at most one amount per currency. */
export class CreateProduct {
  @IsString() @Length(1, 60) code!: string;
  @IsString() @Length(1, 200) name!: string;
  @IsOptional() @IsString() @Length(1, 100) series?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @IsMoney({ each: true }) prices?: Money[];
  @IsOptional() @IsBoolean() active?: boolean;
  @IsOptional() @IsString() @Length(1, 100) externalId?: string;
  @IsOptional() @IsCustom() custom?: Custom;
}

/** Absent keeps, null clears, lists are replaced whole. */
export class ChangeProduct {
  @IsOptional() @IsString() @Length(1, 60) code?: string;
  @IsOptional() @IsString() @Length(1, 200) name?: string;
  @IsOptional() @IsString() @Length(1, 100) series?: string | null;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @IsMoney({ each: true }) prices?: Money[];
  @IsOptional() @IsBoolean() active?: boolean;
  @IsOptional() @IsString() @Length(1, 100) externalId?: string | null;
  @IsOptional() @IsCustom() custom?: Custom | null;
}
