"""curate: what is kept, doubted, decided and shown. The store, the rules, the review and the exports."""
