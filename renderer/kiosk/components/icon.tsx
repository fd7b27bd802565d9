import styles from "./icon.module.css";

const ICONS = import.meta.glob<string>("../../../resources/icons/*.svg", {
	query: "?url",
	import: "default",
	eager: true,
});

/**
 * Loads every picture now: the one that says "cut off" cannot be fetched when it is needed. Whoever calls must hold
 * on to what comes back: behind a certificate that a person has accepted by hand, a browser caches nothing else.
 */
export function holdIcons(): HTMLImageElement[] {
	return Object.values(ICONS).map((address) => {
		const image = new Image();
		// As a mask asks for it: otherwise it would be another request.
		image.crossOrigin = "anonymous";
		image.src = address;
		return image;
	});
}

/** A picture from resources/icons in the colour of the text. Says nothing: words stand beside it. */
export function Icon({ name, directed = false }: { name: string; directed?: boolean }) {
	const address = ICONS[`../../../resources/icons/${name}.svg`];
	if (!address) return null;
	return (
		<span
			aria-hidden="true"
			className={directed ? styles.directed : styles.icon}
			style={{ maskImage: `url("${address}")` }}
		/>
	);
}
