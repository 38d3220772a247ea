import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, IsString, IsUUID, Length, ValidateNested } from 'class-validator';

/** Which member's value the merged record shows in a field; a field not named shows the survivor's. */
export class Choice {
  @IsString() @Length(1, 50) field!: string;
  @IsUUID() memberId!: string;
}
export class Merge {
  @IsUUID() absorbedId!: string;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => Choice) chosen?: Choice[];
}
export class Unmerge {
  @IsUUID() releasedId!: string;
}
