import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsDay, type Day } from '#model';

const MOST = Number.MAX_SAFE_INTEGER;
const FIELD = /^[a-z][A-Za-z0-9]{0,49}(\.[a-z][A-Za-z0-9]{0,49})?$/;

/** `times`: amounts of this column stand in thousands or millions. */
export class ColumnForm {
  @IsString() @Length(0, 1_000) heading!: string;
  @IsOptional() @Matches(FIELD) field?: string;
  @IsOptional() @IsIn([1, 1_000, 1_000_000]) times?: number;
}
/** What stands in a field where a row says nothing. */
export class DefaultForm {
  @Matches(FIELD) field!: string;
  @IsString() @Length(1, 1_000) value!: string;
}

/** How the rows are to be taken. Absent keeps, null clears, lists are replaced whole. */
export class ChangeImport {
  @IsOptional() @IsArray() @ArrayMaxSize(500) @ValidateNested({ each: true }) @Type(() => ColumnForm) columns?: ColumnForm[];
  @IsOptional() @IsArray() @ArrayMaxSize(100) @ValidateNested({ each: true }) @Type(() => DefaultForm) defaults?: DefaultForm[];
  /** The field that tells which record a row is; null: every row is a new one. */
  @IsOptional() @Matches(FIELD) match?: string | null;
  /** What happens to a record that is there: `create` makes another beside it. */
  @IsOptional() @IsIn(['update', 'skip', 'create']) existing?: 'update' | 'skip' | 'create';
  /** Since when new records count as existing; today unless told. */
  @IsOptional() @IsDay() since?: Day | null;
  @IsOptional() @IsIn(['dmy', 'mdy']) dates?: 'dmy' | 'mdy' | null;
  @IsOptional() @IsIn(['.', ',']) decimal?: '.' | ',';
  @IsOptional() @Matches(/^[A-Z]{3}$/) currency?: string | null;
  @IsOptional() @Matches(/^[A-Z]{2}$/) country?: string | null;
}

/** What was taken in; made by the upload, not by clients. */
export class CreateBatch extends ChangeImport {
  @IsIn(['import']) source!: 'import';
  @IsString() @Length(1, 100) resource!: string;
  @IsOptional() @IsString() @Length(1, 200) label?: string;
  @IsString() @Length(1, 200) file!: string;
  @IsInt() @Min(0) @Max(MOST) bytes!: number;
  @IsInt() @Min(0) @Max(MOST) rows!: number;
  @IsString() @Length(1, 1) delimiter!: string;
}

export class StartBatch {
  @IsBoolean() dryRun!: boolean;
}
export class CountsForm {
  @IsInt() @Min(0) created!: number;
  @IsInt() @Min(0) updated!: number;
  @IsInt() @Min(0) unchanged!: number;
  @IsInt() @Min(0) skipped!: number;
  @IsInt() @Min(0) rejected!: number;
  @IsInt() @Min(0) noted!: number;
}
export class ProgressBatch {
  @IsInt() @Min(1) @Max(2) pass!: number;
  @IsInt() @Min(0) @Max(MOST) row!: number;
  @IsInt() @Min(0) @Max(MOST) findings!: number;
  @IsBoolean() linked!: boolean;
  @ValidateNested() @Type(() => CountsForm) counts!: CountsForm;
}
export class FinishBatch {
  @IsIn(['done', 'failed']) outcome!: 'done' | 'failed';
  @IsOptional() @IsString() @Length(1, 500) problem?: string;
}
export class UndoneBatch {
  @IsUUID() correlation!: string;
  @IsInt() @Min(0) @Max(MOST) done!: number;
  @IsInt() @Min(0) @Max(MOST) left!: number;
}
export class RedoneBatch {}
export class CancelBatch {}
export class ExpireBatch {}
