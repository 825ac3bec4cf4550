"""Long pieces of work for a customer: plans of dated steps across departments."""
