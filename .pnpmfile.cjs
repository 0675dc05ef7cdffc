// Of Scalar we serve the one file that holds everything; its 200 dependencies would add 230 MB to the installation.
function readPackage(pkg) {
  if (pkg.name === '@scalar/api-reference') pkg.dependencies = {};
  return pkg;
}

module.exports = { hooks: { readPackage } };
