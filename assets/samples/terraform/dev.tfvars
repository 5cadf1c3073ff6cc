# Given with -var-file=envs/dev.tfvars.
reads_memory = 256
