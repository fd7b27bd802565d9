import styles from "./icon.module.css";

const ICONS = import.meta.glob<string>("../../../resources/icons/*.svg", {
	query: "?url",
	import: "default",
	eager: true,
});

/**
 * Loads every icon: the one of a lost connection cannot be loaded when it is needed. The caller must keep the result:
 * with a certificate that was accepted by hand, browsers cache nothing.
 */
export function preloadIcons(): HTMLImageElement[] {
	return Object.values(ICONS).map((address) => {
		const image = new Image();
		// A CSS mask requests it in this mode; in another it would be loaded twice.
		image.crossOrigin = "anonymous";
		image.src = address;
		return image;
	});
}

/** An icon from resources/icons in the colour of the text. Hidden from screen readers: it always has a text beside it. */
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
