import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

/** `probability` in per cent. A stage that exists is named by its id; one without an id is new. */
export class StageForm {
  @IsOptional() @IsUUID() stageId?: string;
  @IsString() @Length(1, 100) name!: string;
  @IsInt() @Min(0) @Max(100) probability!: number;
  @IsOptional() @IsBoolean() retired?: boolean;
}
export class CreatePipeline {
  @IsString() @Length(1, 100) name!: string;
  /** In order. The usual six when absent. */
  @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(30) @ValidateNested({ each: true }) @Type(() => StageForm) stages?: StageForm[];
  @IsOptional() @IsBoolean() isDefault?: boolean;
}
/** Stages are replaced whole: their order is that of the list; one that is left out is retired, for deals may stand in it. */
export class ChangePipeline {
  @IsOptional() @IsString() @Length(1, 100) name?: string;
  @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(30) @ValidateNested({ each: true }) @Type(() => StageForm) stages?: StageForm[];
  @IsOptional() @IsBoolean() isDefault?: boolean;
}
