import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, IsString, Length, Matches, ValidateNested } from 'class-validator';

const ON = /^(\*|[a-z]+(\.[a-z-]+)?)$/;
const CAN = /^(\*|[a-z]+(\.[a-z]+)?)$/;
const FIELD = /^[a-z]+\.[a-z-]+\.[A-Za-z][A-Za-z0-9]*$/;

/** `can`: abilities or `*`. `on`: kinds (`sales.opportunity`), services (`sales`) or `*`. `reach`: own records, those of the team and below, all. */
export class GrantForm {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @Matches(CAN, { each: true, message: '$property must name abilities such as read, or *' })
  can!: string[];
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @Matches(ON, { each: true, message: '$property must name kinds such as sales.opportunity, services or *' })
  on!: string[];
  @IsIn(['own', 'team', 'all']) reach!: 'own' | 'team' | 'all';
}

/** `hidden`: fields that nobody with only such roles sees or sets, as `sales.opportunity.value`. */
export class CreateRole {
  @IsString() @Length(1, 60) name!: string;
  @IsArray() @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => GrantForm) grants!: GrantForm[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @Matches(FIELD, { each: true, message: '$property must name fields such as sales.opportunity.value' })
  hidden?: string[];
}

/** Absent keeps, null clears, lists are replaced whole. */
export class ChangeRole {
  @IsOptional() @IsString() @Length(1, 60) name?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => GrantForm) grants?: GrantForm[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @Matches(FIELD, { each: true, message: '$property must name fields such as sales.opportunity.value' })
  hidden?: string[] | null;
}

export class RemoveRole {}
