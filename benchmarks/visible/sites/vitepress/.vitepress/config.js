export default { title: "Sample", outDir: "out", srcExclude: ["parts/**"], ignoreDeadLinks: true, lastUpdated: false };
