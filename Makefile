.PHONY: test
test:
	@echo later
