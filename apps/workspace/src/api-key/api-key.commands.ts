import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, IsString, Length, Matches, ValidateNested } from 'class-validator';
import { IsInstant, type Instant } from '#model';
import { GrantForm } from '../role/role.commands.ts';

/** What is asked for: a key that never reaches further than `scopes`, which are written as a role's grants are. */
export class NewApiKey {
  @IsString() @Length(1, 100) name!: string;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(50) @ValidateNested({ each: true }) @Type(() => GrantForm) scopes!: GrantForm[];
  @IsOptional() @IsInstant() expiresAt?: Instant;
}

/** `hash`: hex SHA-256 of the key; the key itself is never part of a command. */
export class IssueApiKey extends NewApiKey {
  @Matches(/^[0-9a-f]{64}$/) hash!: string;
}
export class RevokeApiKey {}
