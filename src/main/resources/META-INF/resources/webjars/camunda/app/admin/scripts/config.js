// Replaces the web app's own file, for its name and for no first visit message of the vendor's.
export default {
  app: {vendor: 'Slipway', name: 'Admin'},
  disableWelcomeMessage: true
};
