import {
  createTheme,
  defaultVariantColorsResolver,
  type ActionIconProps,
  type ButtonProps,
  type CheckboxProps,
  type DrawerProps,
  type InputWrapperProps,
  type MantineColorsTuple,
  type MenuProps,
  type ModalProps,
  type PopoverProps,
  type PortalProps,
  type TooltipProps,
  type VariantColorsResolver,
} from '@mantine/core';

const ramp = (name: string) => Array.from({ length: 10 }, (_, step) => `var(--${name}-${step})`) as unknown as MantineColorsTuple;

/** Tints with their text for light variants: the same words in both schemes and both times. */
const TINTS: Record<string, string> = { petrol: 'accent', green: 'good', red: 'attn', yellow: 'time', grape: 'note' };

const variantColorResolver: VariantColorsResolver = (input) => {
  const tint = TINTS[input.color ?? input.theme.primaryColor];
  if (input.variant === 'light' && tint)
    return { background: `var(--${tint}-tint)`, hover: `var(--${tint}-tint)`, color: `var(--${tint}-text)`, border: 'transparent' };
  if (input.variant === 'subtle' && tint)
    return {
      background: 'transparent',
      hover: 'var(--hover)',
      color: tint === 'accent' ? 'var(--text)' : `var(--${tint}-text)`,
      border: 'transparent',
    };
  if (input.variant === 'outline' && input.color === 'red')
    return { background: 'transparent', hover: 'var(--hover)', color: 'var(--attn-text)', border: '1px solid var(--attn-solid)' };
  return defaultVariantColorsResolver(input);
};

/** Where what floats over a page is put; it is in the page's time, see parts/plane.tsx. What floats over the frame goes to `FRAME`. */
export const PORTAL = '#floating';
export const FRAME = { target: '#frame' };

/** The head of a dialog is no head of the page. */
const DIALOG = { header: { role: 'presentation' } };

/** Our tokens as Mantine's theme. Values live in tokens.css; this only says which is which. */
export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  colors: {
    // As hex: Mantine computes with the primary colour.
    petrol: ['#ecf8fa', '#d6eff3', '#b4dfe6', '#89c9d2', '#5caebb', '#34929f', '#187480', '#035b65', '#00444c', '#032e33'],
    gray: ramp('ink'),
    dark: ramp('night'),
    green: ramp('moss'),
    red: ramp('clay'),
    yellow: ramp('saffron'),
    grape: ramp('plum'),
  },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: 'var(--lh-xs)', sm: 'var(--lh-sm)', md: 'var(--lh-md)', lg: 'var(--lh-lg)', xl: 'var(--lh-xl)' },
  headings: {
    fontFamily: 'var(--font)',
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '26px', lineHeight: '32px' },
      h2: { fontSize: '20px', lineHeight: '28px' },
      h3: { fontSize: '16px', lineHeight: '24px' },
    },
  },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px' },
  defaultRadius: 'sm',
  shadows: { xs: 'var(--shadow-1)', sm: 'var(--shadow-1)', md: 'var(--shadow-2)', lg: 'var(--shadow-3)', xl: 'var(--shadow-3)' },
  respectReducedMotion: true,
  focusRing: 'never',
  cursorType: 'pointer',
  variantColorResolver,
  // As plain values: what `Menu.extend` is written with would bring every one of these parts into the first page.
  components: {
    Portal: { defaultProps: { target: PORTAL } satisfies Partial<PortalProps> },
    Button: {
      defaultProps: { variant: 'default', size: 'sm' } satisfies Partial<ButtonProps>,
      vars: () => ({ root: { '--button-height': 'var(--ctl-h)', '--button-fz': 'var(--fs-sm)', '--button-padding-x': '12px' } }),
    },
    ActionIcon: {
      defaultProps: { variant: 'subtle', size: 'lg' } satisfies Partial<ActionIconProps>,
      vars: () => ({ root: { '--ai-size': 'var(--ctl-h)' } }),
    },
    Input: {
      vars: () => ({
        wrapper: {
          '--input-height': 'var(--ctl-h)',
          '--input-fz': 'var(--fs-sm)',
          '--input-bd': 'var(--line-control)',
          '--input-bg': 'var(--surface)',
        },
      }),
    },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } satisfies Partial<InputWrapperProps> },
    Checkbox: { defaultProps: { size: 'xs', radius: 4 } satisfies Partial<CheckboxProps> },
    Menu: { defaultProps: { shadow: 'md', radius: 'md', transitionProps: { duration: 90 } } satisfies Partial<MenuProps> },
    Popover: { defaultProps: { shadow: 'md', radius: 'md', transitionProps: { duration: 90 } } satisfies Partial<PopoverProps> },
    Drawer: {
      defaultProps: {
        attributes: DIALOG,
        position: 'right',
        size: 460,
        overlayProps: { backgroundOpacity: 0.36 },
        transitionProps: { duration: 160 },
      } satisfies Partial<DrawerProps>,
    },
    Modal: {
      defaultProps: {
        attributes: DIALOG,
        padding: 20,
        radius: 'lg',
        shadow: 'lg',
        transitionProps: { duration: 90 },
      } satisfies Partial<ModalProps>,
    },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 90 } } satisfies Partial<TooltipProps> },
  },
});
