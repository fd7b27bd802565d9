/** Dots in an inch of paper, across and along. */
export const RESOLUTIONS = [180, 203] as const;
export type Resolution = (typeof RESOLUTIONS)[number];
/** Eight dots to the millimetre. */
export const USUAL_RESOLUTION: Resolution = 203;

const MM_PER_INCH = 25.4;

export function dotsIn(millimetres: number, dpi: Resolution): number {
	return Math.round((millimetres * dpi) / MM_PER_INCH);
}

export function millimetresOf(dots: number, dpi: Resolution): number {
	return (dots * MM_PER_INCH) / dpi;
}
