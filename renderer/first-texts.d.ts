declare module "*.json?first" {
	const texts: Readonly<Record<string, string>>;
	export default texts;
}
