/** An arrow to the left, as SVG because the fonts lack it. The button has its own label. */
export function EraseIcon() {
	return (
		<svg
			aria-hidden="true"
			width="1em"
			height="1em"
			viewBox="0 0 24 24"
			fill="none"
			stroke="currentColor"
			strokeWidth="2"
		>
			<path d="m12 19-7-7 7-7M19 12H5" strokeLinecap="round" strokeLinejoin="round" />
		</svg>
	);
}
