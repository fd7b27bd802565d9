/** An output for sound as the browser tells it; without a permission it has no label. */
export type Output = Pick<MediaDeviceInfo, "kind" | "label">;

/** What makers and systems call a thing for one person's ears; a screen's own speakers must not pass for one. */
const FOR_ONE_PERSON =
	/head-?\s?(phone|set)|ear-?\s?(phone|bud)|kopfhörer|casque|cuffie|auricular|наушник|耳机|ヘッド(ホン|セット)/i;

export type Plug = "plugged" | "unplugged";

/** What happened to the headset between two lists of outputs; undefined where nothing did, or nobody can tell. */
export function plugOf(before: readonly Output[], after: readonly Output[]): Plug | undefined {
	const [was, is] = [before, after].map((outputs) => outputs.some(isHeadset));
	if (was === is) return undefined;
	return is ? "plugged" : "unplugged";
}

function isHeadset({ kind, label }: Output): boolean {
	return kind === "audiooutput" && FOR_ONE_PERSON.test(label);
}

/** Tells of a headset where the browser tells of devices; an insecure page and many systems do not (docs/guide/kiosk.md). */
export async function watchHeadset(devices: MediaDevices | undefined, dispatch: (plug: Plug) => void): Promise<void> {
	if (!devices) return;
	let known: readonly Output[] = await devices.enumerateDevices();
	devices.addEventListener("devicechange", async () => {
		const now = await devices.enumerateDevices().catch(() => known);
		const plug = plugOf(known, now);
		known = now;
		if (plug) dispatch(plug);
	});
}
