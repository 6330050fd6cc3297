"""The only place that knows mmengine's Runner."""
