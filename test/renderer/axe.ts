import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "wcag2aaa", "best-practice"];
const CONTRAST = ["color-contrast", "color-contrast-enhanced"];

/** What axe finds wrong, WCAG A to AAA contrast, one sentence a fault. Goes past the page's own content policy. */
export async function axeFaults(page: Page): Promise<string[]> {
	if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
	return await page.evaluate(async (runOnly) => {
		const { axe } = window as unknown as { axe: typeof import("axe-core") };
		const { violations } = await axe.run(document, {
			runOnly,
			rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } },
		});
		return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
	}, RULES);
}

/** Contrast alone: what changes when the same page stands in another light. */
export async function contrastFaults(page: Page): Promise<string[]> {
	if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
	return await page.evaluate(async (values) => {
		const { axe } = window as unknown as { axe: typeof import("axe-core") };
		const { violations } = await axe.run(document, { runOnly: { type: "rule", values } });
		return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
	}, CONTRAST);
}

/** The same by night: on a page that follows the person's choice of dark colours. */
export async function axeFaultsInTheDark(page: Page): Promise<string[]> {
	await page.emulateMedia({ colorScheme: "dark" });
	const faults = await axeFaults(page);
	await page.emulateMedia({ colorScheme: null });
	return faults;
}
