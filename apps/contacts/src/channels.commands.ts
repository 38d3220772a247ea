import { IsBoolean, IsIn, IsOptional, IsString, Length } from 'class-validator';

/** An e-mail address as it was typed. The first is the primary one unless another says so. */
export class EmailForm {
  @IsString() @Length(3, 300) address!: string;
  @IsOptional() @IsIn(['work', 'home', 'other']) type?: 'work' | 'home' | 'other';
  @IsOptional() @IsBoolean() primary?: boolean;
  /** What was once typed, of a value that is standardised already: as lists are shown, so they may be sent back. */
  @IsOptional() @IsString() @Length(1, 300) typed?: string;
}

/** A phone number as it was typed; without a prefix it is one of `country`, else of the tenant's. */
export class PhoneForm {
  @IsString() @Length(2, 60) number!: string;
  @IsOptional() @IsIn(['work', 'mobile', 'home', 'fax', 'other']) type?: 'work' | 'mobile' | 'home' | 'fax' | 'other';
  @IsOptional() @IsBoolean() primary?: boolean;
  @IsOptional() @IsString() @Length(1, 300) typed?: string;
  @IsOptional() @IsString() @Length(2, 2) country?: string;
}

export class AddressForm {
  @IsOptional() @IsIn(['work', 'home', 'billing', 'shipping', 'other']) type?: 'work' | 'home' | 'billing' | 'shipping' | 'other';
  @IsOptional() @IsString() @Length(1, 300) street?: string;
  @IsOptional() @IsString() @Length(1, 120) city?: string;
  @IsOptional() @IsString() @Length(1, 120) region?: string;
  @IsOptional() @IsString() @Length(1, 30) postalCode?: string;
  /** A code or a name in any of several languages. */
  @IsOptional() @IsString() @Length(2, 80) country?: string;
  @IsOptional() @IsBoolean() primary?: boolean;
  @IsOptional() @IsString() @Length(1, 300) typed?: string;
}
