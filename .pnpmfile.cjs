function readPackage(pkg) {
  // Of Scalar we serve the one file that holds everything; its 200 dependencies would add 230 MB to the installation.
  if (pkg.name === '@scalar/api-reference') pkg.dependencies = {};
  // tRPC names TypeScript as a peer for the sake of its types. Packages with another TypeScript would get a tRPC of their
  // own, and `instanceof TRPCError` would be false between them.
  if (pkg.name?.startsWith('@trpc/')) delete pkg.peerDependencies?.typescript;
  // The AAC decoder needs Aurora's bit reader alone, not its loudspeaker (native, built on the spot) nor its bundler.
  if (pkg.name === 'av') {
    pkg.dependencies = {};
    pkg.optionalDependencies = {};
  }
  return pkg;
}

module.exports = { hooks: { readPackage } };
