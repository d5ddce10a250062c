// Replaces the web app's own file, for its name, for no first visit message of the vendor's and for links to the rest
// of Slipway.
export default {
  app: {vendor: 'Slipway', name: 'Welcome'},
  disableWelcomeMessage: true,
  links: [
    {
      label: 'REST API',
      href: '/swagger-ui.html',
      description: 'Every call, with examples to try'
    },
    {
      label: 'Health',
      href: '/actuator/health',
      description: 'Whether Slipway and its database are well'
    }
  ]
};
