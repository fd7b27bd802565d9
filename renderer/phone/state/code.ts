/** A ticket's code has ten characters of Crockford's base 32. */
const CODE = /^[0-9A-HJKMNP-TV-Z]{10}$/;

/** What people type or scan as a code, or null: any case, spaces and hyphens; O is 0, I and L are 1. */
export function readCode(typed: string): string | null {
	const code = typed.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
	return CODE.test(code) ? code : null;
}

/** As it stands on the paper: two groups of five. */
export function groupCode(code: string): string {
	return `${code.slice(0, 5)} ${code.slice(5)}`;
}
