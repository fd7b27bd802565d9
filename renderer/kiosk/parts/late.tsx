import { type ComponentType, lazy, useState } from "react";

export interface Late<Props> {
	Screen: ComponentType<Props>;
	/** Fetches it before it is needed; ends whether it came or not. */
	hold(): Promise<void>;
}

/**
 * A screen that is fetched after the first one. Once it is here it is drawn with the touch that asks for it: React's
 * lazy alone draws an empty screen first and waits up to 0.3 s before the next (its throttle of fallbacks).
 */
export function late<Props extends object>(fetch: () => Promise<{ default: ComponentType<Props> }>): Late<Props> {
	let here: ComponentType<Props> | undefined;
	const load = async () => {
		const module = await fetch();
		here = module.default;
		return module;
	};
	const Coming = lazy(load) as unknown as ComponentType<Props>;
	return {
		Screen(props) {
			const [Shown] = useState(() => here ?? Coming);
			return <Shown {...props} />;
		},
		hold: () =>
			load().then(
				() => {},
				() => {},
			),
	};
}
