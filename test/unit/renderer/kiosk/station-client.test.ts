import { expect, test } from "vitest";
import { createStation } from "../../../../renderer/kiosk/effects/station-client.ts";
import { readCatalogueFiles } from "../../../../station/catalogue/read-catalogue-files.ts";
import { clipsOf } from "../../../../station/speech/clips.ts";
import { readSources } from "../../../../station/speech/read-spoken-texts.ts";
import { sourceFiles } from "../../../fixtures/station.ts";

const files = sourceFiles();
const sources = readSources(files, readCatalogueFiles(files.catalogue), "fr");
/** The clips that a screen may need in any language, whatever the catalogue holds. */
const names = clipsOf(sources)
	.map(({ id }) => id)
	.filter((id) => /^(kiosk\.|letter-|digit-)/.test(id));

async function speaks(clips: readonly string[]): Promise<boolean> {
	const speech = { language: "fr", sentences: {}, clips: Object.fromEntries(clips.map((clip) => [clip, clip])) };
	const answer = await createStation("secret", async () => Response.json(speech)).speaks("fr");
	return answer.kind === "ok" && answer.value;
}

test("listening is offered where every text, letter and digit has its clip, and not where one is missing", async () => {
	expect(names.length).toBeGreaterThan(100);
	expect(await speaks(names)).toBe(true);
	for (const missing of names) expect(await speaks(names.filter((name) => name !== missing)), missing).toBe(false);
});
