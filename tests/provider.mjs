// An identity provider of the npm package `oidc-provider`, which is certified and knows nothing of our client. It takes
// the package, a port and the address to come back to, and lets in whoever says a name, as name@ligneclaire.example.
const [entry, port, back] = process.argv.slice(2);
const { default: Provider } = await import(entry);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: 'desk', client_secret: 'a secret of some length', redirect_uris: [back] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  cookies: { keys: ['for a test'] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@ligneclaire.example`, email_verified: true }),
  }),
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
});
provider.listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
