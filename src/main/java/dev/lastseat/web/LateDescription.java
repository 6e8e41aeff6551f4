package dev.lastseat.web;

import java.util.Arrays;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Has springdoc set itself up when somebody asks for the description, and not at every
 * start: it declares all of its beans as eager.
 */
final class LateDescription implements BeanFactoryPostProcessor {

	/** The first part of the names of all of its packages. */
	private static final String SPRINGDOC = "org.springdoc.";

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		Arrays.stream(beans.getBeanDefinitionNames())
			.map(beans::getBeanDefinition)
			.filter(LateDescription::isSpringdocs)
			.forEach((bean) -> bean.setLazyInit(true));
	}

	private static boolean isSpringdocs(BeanDefinition bean) {
		String source = (bean.getFactoryBeanName() != null) ? bean.getFactoryBeanName()
				: String.valueOf(bean.getBeanClassName());
		return source.startsWith(SPRINGDOC);
	}

}
