import { IsInt, IsOptional, IsString, IsUUID, Length, Max, Min } from 'class-validator';
import { IsCustom, IsDay, IsMoney, type Custom, type Day, type Id, type Money } from '#model';

/** A deal. `stageId` is the pipeline's first stage unless named; `ownerId` the caller; `openedOn` today. */
export class OpenOpportunity {
  @IsString() @Length(1, 200) name!: string;
  @IsUUID() pipelineId!: Id;
  @IsOptional() @IsUUID() stageId?: Id;
  @IsOptional() @IsUUID() accountId?: Id;
  @IsOptional() @IsUUID() contactId?: Id;
  @IsOptional() @IsUUID() ownerId?: Id;
  @IsOptional() @IsMoney() value?: Money;
  @IsOptional() @IsDay() expectedCloseOn?: Day;
  @IsOptional() @IsDay() openedOn?: Day;
  @IsOptional() @IsString() @Length(1, 10_000) note?: string;
  @IsOptional() @IsString() @Length(1, 100) source?: string;
  @IsOptional() @IsString() @Length(1, 100) externalId?: string;
  @IsOptional() @IsCustom() custom?: Custom;
}
/** Absent keeps, null clears. */
export class ChangeOpportunity {
  @IsOptional() @IsString() @Length(1, 200) name?: string;
  @IsOptional() @IsUUID() accountId?: Id | null;
  @IsOptional() @IsUUID() contactId?: Id | null;
  @IsOptional() @IsUUID() ownerId?: Id;
  @IsOptional() @IsMoney() value?: Money | null;
  @IsOptional() @IsDay() expectedCloseOn?: Day | null;
  @IsOptional() @IsString() @Length(1, 100) source?: string | null;
  @IsOptional() @IsString() @Length(1, 100) externalId?: string | null;
  @IsOptional() @IsCustom() custom?: Custom | null;
}
export class MoveStage {
  @IsUUID() stageId!: Id;
}
/** `price` per piece; the product's list price in the deal's currency unless given. `lineId` and `place` put back a line that was removed. */
export class AddLine {
  @IsOptional() @IsUUID() lineId?: Id;
  @IsOptional() @IsInt() @Min(0) @Max(10_000) place?: number;
  @IsUUID() productId!: Id;
  @IsInt() @Min(1) @Max(1_000_000) quantity!: number;
  @IsOptional() @IsMoney() price?: Money;
}
export class ChangeLine {
  @IsUUID() lineId!: Id;
  @IsOptional() @IsInt() @Min(1) @Max(1_000_000) quantity?: number;
  @IsOptional() @IsMoney() price?: Money;
}
export class RemoveLine {
  @IsUUID() lineId!: Id;
}
/** `value`: what it was closed at; the deal's value unless given. */
export class WinOpportunity {
  @IsOptional() @IsDay() closedOn?: Day;
  @IsOptional() @IsMoney() value?: Money;
}
export class LoseOpportunity {
  @IsString() @Length(1, 300) reason!: string;
  @IsOptional() @IsDay() closedOn?: Day;
}
export class ReopenOpportunity {}
