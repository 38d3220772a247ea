import { IsOptional, IsString, IsUUID, Length } from 'class-validator';
import type { Id } from '#model';

/** People who work together. `parentId`: the team it is part of, whose people see what it does. */
export class CreateTeam {
  @IsString() @Length(1, 200) name!: string;
  @IsOptional() @IsUUID() parentId?: Id;
  @IsOptional() @IsString() @Length(1, 100) externalId?: string;
}

/** Absent keeps, null clears. */
export class ChangeTeam {
  @IsOptional() @IsString() @Length(1, 200) name?: string;
  @IsOptional() @IsUUID() parentId?: Id | null;
  @IsOptional() @IsString() @Length(1, 100) externalId?: string | null;
}
