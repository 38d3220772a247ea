import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsInt, IsOptional, IsString, Length, Matches, Max, Min, ValidateNested } from 'class-validator';

const FIELD = /^[A-Za-z][\w.]{0,99}$/;

export class ViewColumnForm {
  @Matches(FIELD) field!: string;
  @IsOptional() @IsInt() @Min(40) @Max(2_000) width?: number;
}

/** A list as somebody looks at it. `of`: the kind of record, `contacts.contact`; `filter` and `sort` as lists take them; `shared`: for everybody. */
export class CreateView {
  @IsString() @Length(1, 60) name!: string;
  @Matches(/^[a-z]+\.[a-z-]{1,60}$/) of!: string;
  @IsOptional() @IsString() @Length(1, 8_000) filter?: string;
  @IsOptional() @IsString() @Length(1, 200) search?: string;
  @IsOptional() @Length(1, 300) @Matches(/^-?[A-Za-z][\w.]*(,-?[A-Za-z][\w.]*){0,4}$/) sort?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => ViewColumnForm) columns?: ViewColumnForm[];
  @IsOptional() @IsBoolean() shared?: boolean;
}

/** Absent keeps, null clears, lists are replaced whole. What a view is of stays. */
export class ChangeView {
  @IsOptional() @IsString() @Length(1, 60) name?: string;
  @IsOptional() @IsString() @Length(1, 8_000) filter?: string | null;
  @IsOptional() @IsString() @Length(1, 200) search?: string | null;
  @IsOptional() @Length(1, 300) @Matches(/^-?[A-Za-z][\w.]*(,-?[A-Za-z][\w.]*){0,4}$/) sort?: string | null;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => ViewColumnForm) columns?: ViewColumnForm[] | null;
  @IsOptional() @IsBoolean() shared?: boolean;
}
